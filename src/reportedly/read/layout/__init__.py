"""What stands where on a page: paragraphs, headlines, reports, live items, teasers and furniture, told by what they say."""
