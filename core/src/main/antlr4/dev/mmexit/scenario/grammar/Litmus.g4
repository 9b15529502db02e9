/*
 * The scenario format: a herd-like litmus test over VFIO containers, groups and processes.
 *
 * What the rules leave open is decided on the tree, where a better sentence can be said: which
 * options, sites, variants and finding kinds exist, which object is of which kind, how many cells a
 * row has. Every word of the format may also be the name of an object; see `word`.
 *
 * Ends of lines matter inside `{ }` and after `expect` only; TokenLayout takes the others away, and
 * adds one before `}` and one after a last line without one. It also drops what is no token at all.
 *
 * A rule called unknown... or stray matches what belongs to no rule, so that one wrong line does not
 * hide the errors of the next.
 */
grammar Litmus;

@lexer::members {
  /** Consumes the rest of a comment and the comments nested in it; false if the file ends first. */
  private boolean consumeComment() {
    int depth = 1;
    while (depth > 0) {
      int here = _input.LA(1);
      if (here == IntStream.EOF) {
        return false;
      }
      boolean opens = here == '(' && _input.LA(2) == '*';
      boolean closes = here == '*' && _input.LA(2) == ')';
      if (opens || closes) {
        getInterpreter().consume(_input);
        depth += opens ? 1 : -1;
      }
      getInterpreter().consume(_input);
    }
    return true;
  }
}

file : heading setUp header cell* closing* EOF ;

heading : 'VFIO' scenarioName STRING? '{' ;

// --- the set-up ---

setUp : line* '}' ;

line : (declaration | step | unknownStatement)? (NEWLINE | ';') ;

declaration
  : 'container' newName optionList?               # containerDeclaration
  | 'group' newName '=' deviceList optionList?    # groupDeclaration
  | 'process' newName optionList?                 # processDeclaration
  | 'fail' siteName (optionList | option)*        # failDeclaration
  | 'memory' memoryModel                       # memoryDeclaration
  ;

deviceList : newName+ ;

optionList : '[' option* ']' ;

option : optionName ('=' optionValue)? ;

// --- operations ---

step : (register '=')? operation ;

operation
  : 'attach' containerName groupName                      # attach
  | 'detach' containerName groupName                      # detach
  | 'bind' containerName processName ('by' processName)?   # bind
  | 'unbind' containerName processName ('by' processName)? # unbind
  | 'exit' processName                                    # exit
  | 'exec' processName                                    # exec
  | 'fork' processName newName                            # fork
  | 'clone' processName newName                           # cloneVm
  | 'open' containerName 'by' processName                 # open
  | 'close' containerName                                 # close
  | 'munmap' processName                                  # munmap
  | 'fault' deviceName processName                        # fault
  | 'dma' deviceName processName                          # dma
  | 'map' containerName processName                       # mapDma
  | 'unmap' containerName processName                     # unmapDma
  | 'pin' containerName processName                       # pin
  | 'set-container' containerName groupName               # setContainer
  | 'unset-container' groupName                           # unsetContainer
  | 'nop'                                                 # nop
  ;

// --- the thread table ---

header : threadName ('|' threadName)* ';' ;

// A row is the cells up to and including the one that ends with ';'.
cell : (step | unknownOperation)? ('|' | ';') ;

// --- the final condition and the expectations ---

closing : (condition | expectation) stray? ;

condition : quantifier '(' disjunction ')' ;

quantifier : 'exists' | '~' 'exists' | 'forall' ;

disjunction : conjunction ('\\/' conjunction)* ;

conjunction : negation ('/\\' negation)* ;

negation
  : '~' negation
  | '(' disjunction ')'
  | atom
  ;

atom
  : threadName ':' register comparison value               # registerAtom
  | 'attached' '(' containerName ',' groupName ')'         # attachedAtom
  | 'listed' '(' containerName ',' processName ')'         # listedAtom
  | 'bound' '(' deviceName ',' processName ')'             # boundAtom
  | 'pasid' '(' containerName ',' processName ')' '=' pasid # pasidAtom
  | 'alive' '(' processName ')'                            # aliveAtom
  ;

comparison : '=' | '!=' | '<' | '>' ;

expectation : 'expect' variantName ':' kindName (',' kindName)* NEWLINE ;

// --- names and values; a rule each, so that an error can say what was expected ---

scenarioName : label ;
newName : word ;
containerName : word ;
groupName : word ;
deviceName : word ;
processName : word ;
threadName : word ;
variantName : label ;
kindName : label ;
siteName : label ;
memoryModel : label ;
optionName : label ;
optionValue : label ;
register : REGISTER ;
value : NUMBER | NEGATIVE | ERRNO ;
pasid : NUMBER | NEGATIVE ;

// The name of an object: every keyword is one too.
word
  : NAME | REGISTER
  | 'VFIO' | 'container' | 'group' | 'process' | 'fail' | 'memory'
  | 'attach' | 'detach' | 'bind' | 'unbind' | 'by' | 'exit' | 'exec' | 'fork' | 'clone' | 'open'
  | 'close' | 'munmap' | 'fault' | 'dma' | 'map' | 'unmap' | 'pin' | 'nop'
  | 'exists' | 'forall' | 'attached' | 'listed' | 'bound' | 'pasid' | 'alive' | 'expect'
  ;

// A name that may hold more characters than an object's.
label : word | NUMBER | NEGATIVE | RANGE | ERRNO | LABEL | 'set-container' | 'unset-container' ;

// --- what fits nowhere ---

unknownStatement
  : ~('container' | 'group' | 'process' | 'fail' | 'memory'
    | 'attach' | 'detach' | 'bind' | 'unbind' | 'exit' | 'exec' | 'fork' | 'clone' | 'open'
    | 'close' | 'munmap' | 'fault' | 'dma' | 'map' | 'unmap' | 'pin' | 'nop'
    | 'set-container' | 'unset-container' | REGISTER | NEWLINE | ';' | '}')
    ~(NEWLINE | ';' | '}')*
  ;

unknownOperation
  : ~('attach' | 'detach' | 'bind' | 'unbind' | 'exit' | 'exec' | 'fork' | 'clone' | 'open'
    | 'close' | 'munmap' | 'fault' | 'dma' | 'map' | 'unmap' | 'pin' | 'nop'
    | 'set-container' | 'unset-container' | REGISTER | '|' | ';'
    | 'exists' | 'forall' | 'expect' | '~')
    ~('|' | ';' | 'exists' | 'forall' | 'expect')*
  ;

stray : ~('exists' | 'forall' | 'expect' | '~') ~('exists' | 'forall' | 'expect')* ;

// --- tokens ---

// Comments nest. One that ends is skipped: a COMMENT token is one whose end is missing.
COMMENT : '(*' { if (consumeComment()) { skip(); } } ;

LBRACE : '{' ;
RBRACE : '}' ;
LPAREN : '(' ;
RPAREN : ')' ;
PIPE : '|' ;
SEMICOLON : ';' ;
EQUALS : '=' ;
TILDE : '~' ;
COLON : ':' ;
EXISTS : 'exists' ;
FORALL : 'forall' ;
EXPECT : 'expect' ;
ATTACHED : 'attached' ;
LISTED : 'listed' ;
BOUND : 'bound' ;
PASID : 'pasid' ;
ALIVE : 'alive' ;

STRING : '"' ~["\r\n]* '"' ;
UNTERMINATED_STRING : '"' ~["\r\n]* ;

REGISTER : 'r' [0-9]+ ;
NUMBER : [0-9]+ ;
NEGATIVE : '-' [0-9]+ ;
RANGE : [0-9]+ '..' [0-9]+ ;
ERRNO : '-' [A-Z]+ ;
NAME : [A-Za-z] [A-Za-z0-9_]* ;
LABEL : [A-Za-z0-9._+-]+ ;

NEWLINE : '\n' ;
SPACE : [ \t\r\f]+ -> skip ;

UNKNOWN : . ;
