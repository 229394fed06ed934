/**
 * The second phase of the loop: projects with a repository, git over HTTP, and the pages to read
 * code, history and changes. A push becomes an event whose causes are the work items that its
 * commits name.
 */
@NullMarked
package dev.rondo.coding;

import org.jspecify.annotations.NullMarked;
