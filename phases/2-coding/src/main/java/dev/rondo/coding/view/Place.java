package dev.rondo.coding.view;

import java.util.List;

/**
 * Where in the repository a page is.
 *
 * @param at branch, tag or commit
 * @param branches the same page on each branch; a few dozen at most
 * @param tags the same page on each tag; a few dozen at most
 * @param crumbs from the root to the file or folder
 */
public record Place(String at, List<Link> branches, List<Link> tags, List<Link> crumbs) {}
