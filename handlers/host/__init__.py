"""A host school: the stage that it holds at home, its protocol, its finalists."""
