#!/bin/sh
echo from the script beside it
