"""The self-check of a citizen: form, API, and the page that asks for an admission proof."""
