/** What a search came to, as text and as JSON. */
@NullMarked
package dev.mmexit.reproduce.report;

import org.jspecify.annotations.NullMarked;
