#!/bin/sh
echo "winnow: $*"
