/* A process exits while the only group of the container is detached. */
#define NP 1
#define ND 1

#include "kernel.inc"

/* No other process is ever in a read section. */
inline synchronize_srcu(p) {
  skip
}

/* exit P0 */
proctype T0() {
  byte d, b, i;
  bool last;
  { do_exit(0, last, d, b, i); ended++ } unless { over }
}

/* detach C0 G0 */
proctype T1() {
  byte b, next, i;
  bool last;
  { detach_group(0, b, next, last, i); ended++ } unless { over }
}

init {
  byte i;
  atomic { boot(i); run T0(); run T1() }
  { at_rest(2, i) } unless { over }
}
