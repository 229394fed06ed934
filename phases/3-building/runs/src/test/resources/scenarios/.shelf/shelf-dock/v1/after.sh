#!/bin/bash
echo "after for $INPUT_WHO state $STATE_state"
