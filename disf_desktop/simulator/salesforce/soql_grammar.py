"""The grammar of SOQL, as the API takes it.

The clauses of a query are in four rules, not one: a rule is expanded to every choice of what it may lack, and ten
optional clauses in one make the parser take a second to build.
"""

GRAMMAR = r"""
query: "SELECT"i select_list "FROM"i source _which _grouped _ordered _ending
_which: scope? where? with_?
_grouped: group? having?
_ordered: order? limit? offset?
_ending: for_? update_? all_rows?
select_list: _item ("," _item)*
_item: selected | called | child | typeof
selected: path [NAME]
called: call [NAME]
child: "(" query ")"
typeof: "TYPEOF"i path when_+ [else_] "END"i
when_: "WHEN"i NAME "THEN"i path ("," path)*
else_: "ELSE"i path ("," path)*
call: NAME "(" ")" | NAME "(" _operand ")"
_operand: path | call
path: NAME ("." NAME)*
source: NAME [NAME] ("," further)*
further: path NAME
scope: "USING"i "SCOPE"i NAME
with_: "WITH"i NAME
where: "WHERE"i _condition
having: "HAVING"i _condition
_condition: _unary | and_ | or_
and_: _unary ("AND"i _unary)+
or_: _unary ("OR"i _unary)+
_unary: not_ | compare | like | in_ | multi | "(" _condition ")"
not_: "NOT"i _unary
compare: _operand OPERATOR literal
like: _operand "LIKE"i literal
in_: _operand [NOT] "IN"i _set
multi: _operand (INCLUDES | EXCLUDES) literals
_set: literals | child
literals: "(" literal ("," literal)* ")"
literal: STRING | NUMBER | DATE | DATETIME | DAYS | NAME
group: "GROUP"i "BY"i (rollup | _operand ("," _operand)*)
rollup: (ROLLUP | CUBE) "(" _operand ("," _operand)* ")"
order: "ORDER"i "BY"i ordered ("," ordered)*
ordered: _operand [ASC | DESC] ["NULLS"i (FIRST | LAST)]
limit: "LIMIT"i WHOLE
offset: "OFFSET"i WHOLE
for_: ("FOR"i (VIEW | "REFERENCE"i | "UPDATE"i))+
update_: "UPDATE"i ("TRACKING"i | "VIEWSTAT"i) ("," ("TRACKING"i | "VIEWSTAT"i))*
all_rows: "ALL"i "ROWS"i

NOT: "NOT"i
INCLUDES: "INCLUDES"i
EXCLUDES: "EXCLUDES"i
VIEW: "VIEW"i
ROLLUP: "ROLLUP"i
CUBE: "CUBE"i
ASC: "ASC"i
DESC: "DESC"i
FIRST: "FIRST"i
LAST: "LAST"i
OPERATOR: "!=" | "<>" | "<=" | ">=" | "=" | "<" | ">"
DATETIME.4: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)/i
DATE.3: /\d{4}-\d\d-\d\d/
DAYS.3: /(LAST|NEXT)_N_[a-z_]+:\d+|N_[a-z_]+_AGO:\d+/i
NUMBER.2: /[+-]?(\d+(\.\d*)?|\.\d+)/
WHOLE: /\d+/
STRING: /'(\\.|[^'\\])*'/s
NAME: /(?!(?:select|from|where)\b)[a-z_][a-z0-9_]*/i
%ignore /\s+/
"""
