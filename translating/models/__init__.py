from translating.models.glossary import Term

__all__ = ["Term"]
