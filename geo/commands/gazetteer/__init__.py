"""What is done to gazetteer packs; one module an action, imported only when it is called."""
