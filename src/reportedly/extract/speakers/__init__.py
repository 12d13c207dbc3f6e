"""Who speaks: names, titles, pronouns and bodies of an article taken up, and through whom words came."""
