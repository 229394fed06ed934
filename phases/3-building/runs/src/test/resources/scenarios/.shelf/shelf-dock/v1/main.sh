#!/bin/bash
echo "entered by $INPUT_WHO with $*"
