"""Deciding: answers with what they rest on, their evidence, their replay, and filters of many."""
