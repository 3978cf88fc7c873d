"""What all pages and answers share: errors, bodies, headers, assets, template context."""
