#!/bin/sh
echo "hello $1 $2 $COLOUR $INPUT_WHO in $PWD"
echo "time=now" >> "$GITHUB_OUTPUT"
