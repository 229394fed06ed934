#!/bin/bash
echo "before for $INPUT_WHO"
echo "state=kept" >> "$GITHUB_STATE"
