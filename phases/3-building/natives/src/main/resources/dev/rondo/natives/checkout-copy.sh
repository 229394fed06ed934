# Without git in the job there are the files alone.
echo "The files will be copied without a repository"
echo "To create a local Git repository instead, add Git 2.18 or higher to the PATH"
cp -a -- "$tree/." "$path/" || printf 'Cannot copy the files into %s' "$path" >"$answer"
