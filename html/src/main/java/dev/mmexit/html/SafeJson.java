package dev.mmexit.html;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/**
 * JSON that can stand in an element of HTML: whatever is in a string, neither the element nor a
 * comment ends or begins in it. It has no line breaks, so that a line can hold a value.
 */
final class SafeJson {
  private static final JsonMapper MAPPER = mapper();

  private SafeJson() {}

  /** A value of records, lists, strings and numbers as JSON. */
  static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of strings and numbers can be written", e);
    }
  }

  private static JsonMapper mapper() {
    JsonMapper mapper = new JsonMapper();
    mapper.getFactory().setCharacterEscapes(new Escapes());
    return mapper;
  }

  /** Escapes what means something in HTML, or ends a line in JavaScript. */
  private static final class Escapes extends CharacterEscapes {
    private static final long serialVersionUID = 1;
    private static final String SPECIAL = "<>&'\u2028\u2029";

    private final int[] ascii = standardAsciiEscapesForJSON();

    Escapes() {
      for (char c : "<>&'".toCharArray()) {
        ascii[c] = ESCAPE_CUSTOM;
      }
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ascii.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
      return SPECIAL.indexOf(c) < 0 ? null : new SerializedString(String.format("\\u%04x", c));
    }
  }
}
