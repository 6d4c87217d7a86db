"""Departments come from a YAML file: each fault by its line, people found on Slack, loaded whole or not at all."""
