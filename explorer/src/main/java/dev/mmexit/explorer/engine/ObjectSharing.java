package dev.mmexit.explorer.engine;

/** How the fields of one object, or of all objects of one type, are shared. */
final class ObjectSharing {
  /** More fields than any struct has. */
  static final int MAX_FIELDS = 64;

  /** The object's life, which {@code kfree} writes and every access reads. */
  final FieldSharing life;

  private final String type;
  private final FieldSharing[] fields;

  ObjectSharing(Sharing all, String type, int size) {
    this.type = type;
    life = new FieldSharing(all);
    fields = new FieldSharing[size];
    for (int i = 0; i < size; i++) {
      fields[i] = new FieldSharing(all);
    }
  }

  /** The C type. */
  String type() {
    return type;
  }

  FieldSharing field(int index) {
    return fields[index];
  }
}
