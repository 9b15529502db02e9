/** Results as one page of HTML that needs nothing else: data, layout and the page itself. */
@NullMarked
package dev.mmexit.html;

import org.jspecify.annotations.NullMarked;
