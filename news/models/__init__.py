from news.models.articles import Article, Author, Photo, Source
from news.models.stories import Story, StoryPhoto

__all__ = ["Article", "Author", "Photo", "Source", "Story", "StoryPhoto"]
