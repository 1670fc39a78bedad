"""Inspecting packages, and holding what was seen against what was declared and what was before."""
