"""What editor, hosting and web pages say to each other: structs, and nothing that sends or stores."""
