package dev.mmexit.scenario.format;

/** What the name of something that is declared stands for. */
enum ObjectKind {
  CONTAINER("container"),
  GROUP("group"),
  DEVICE("device"),
  PROCESS("process"),
  THREAD("thread");

  private final String noun;

  ObjectKind(String noun) {
    this.noun = noun;
  }

  String noun() {
    return noun;
  }

  /** As {@code a container}. */
  String withArticle() {
    return "a " + noun;
  }
}
