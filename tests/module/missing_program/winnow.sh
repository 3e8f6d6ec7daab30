#!/bin/sh
# Stands in for the command and says what it was asked.
echo "winnow: $*"
