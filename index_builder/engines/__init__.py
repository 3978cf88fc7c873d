"""The engines that join: what each does in its own way stands here only."""
