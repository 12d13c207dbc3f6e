"""Which network addresses belong to the public internet, so that a list of links cannot reach into the reader's own network."""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Source: IANA IPv4 Special-Purpose Address Registry (RFC 6890 and its updates), with multicast (RFC 5771) and the reserved block
_NOT_PUBLIC_4 = tuple(
    ipaddress.IPv4Network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
# Source: IANA IPv6 Global Unicast Address Assignments: only this block is in use, and these parts of it are special
_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    ipaddress.IPv6Network(block) for block in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "2620:4f:8000::/48")
)
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # NAT64 (RFC 6052): the last 32 bits are an IPv4 address


def is_public(words: str) -> bool:
    """Whether an address may be asked for a page.

    Args:
        words: an IPv4 or IPv6 address as a resolver gives it.

    Returns:
        False for loopback, private, link-local, shared, multicast, reserved and documentation addresses, for IPv6 addresses that lead
        to an IPv4 address of that kind (mapped, NAT64) or into a tunnel (6to4, Teredo), for one with a zone, and for what is no address.
    """
    try:
        address: Address = ipaddress.ip_address(words)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in block for block in _NOT_PUBLIC_4)
    if address.scope_id is not None:
        return False
    if address.ipv4_mapped is not None:
        return is_public(str(address.ipv4_mapped))
    if address in _TRANSLATED:
        return is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
    return address in _PUBLIC_6 and not any(address in block for block in _NOT_PUBLIC_6)
