"""The self-check of a citizen: form, API, and the page that asks for a proof."""
