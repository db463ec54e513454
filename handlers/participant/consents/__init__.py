"""Consents of an application, and everything that is stored about a person."""
