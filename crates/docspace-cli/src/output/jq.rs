//! `--jq`: filtering the JSON output with a jq expression.
//!
//! Endless recursion would overflow the stack and abort the program without a message. Filters
//! therefore run on a thread with a large stack, and each definition first checks how much of the
//! stack is used.

use std::cell::Cell;
use std::io::Write;
use std::thread;

use jaq_core::box_iter::box_once;
use jaq_core::compile::Undefined;
use jaq_core::data::JustLut;
use jaq_core::load::lex::{Lexer, StrPart};
use jaq_core::load::parse::{BinaryOp, Def, Parser, Pattern, Term};
use jaq_core::load::{self, Arena, File, Loader};
use jaq_core::native::Fun;
use jaq_core::path::{Part, Path};
use jaq_core::{Compiler, Ctx, Error, Exn, Native, Vars, unwrap_valr};
use jaq_json::{Val, read};

use crate::failure::Failure;

/// The stack size of the thread in bytes. The system allocates memory only for the part in use.
const STACK_SIZE: usize = 256 << 20;
/// The part of the stack that recursion can use, in bytes. The rest is for calls between two
/// checks.
const MAX_STACK_USE: usize = 192 << 20;
/// The maximum length of an expression in bytes. The parser needs stack space for each parenthesis.
const MAX_EXPRESSION_LENGTH: usize = 16 << 10;

/// The maximum nesting depth of a result, as in jq.
const MAX_DEPTH: usize = 10_000;

/// The names of the definitions that hold the expression and the check.
const MAIN: &str = "docspace_main";
const CHECK: &str = "docspace_check_stack";

/// Definitions of jq that jaq does not have, or has with another result.
const DEFINITIONS: &str = include_str!("definitions.jq");

/// A valid jq expression.
#[derive(Debug)]
pub(super) struct Filter(String);

/// A mistake in an expression: what is wrong, and the rest of the expression from there.
struct Mistake<'e> {
    reason: String,
    rest: &'e str,
}

impl Filter {
    /// Checks an expression. Fails if it is not valid.
    pub(super) fn compile(expression: &str) -> Result<Self, Failure> {
        if expression.len() > MAX_EXPRESSION_LENGTH {
            return Err(Failure::usage(format!("the jq expression is longer than {MAX_EXPRESSION_LENGTH} bytes"))
                .advise("shorten it, or leave out --jq and pipe the output to jq"));
        }
        let filter = Self(expression.to_owned());
        match on_large_stack(|| filter.compiled().map(drop).map_err(|mistake| filter.describe(&mistake)))? {
            Ok(()) => Ok(filter),
            Err(mistake) => Err(Failure::usage(format!("`{expression}` is not a valid jq expression: {mistake}"))
                .advise("use a form such as '.[].id' or 'map(select(.type == \"custom\")) | length'")),
        }
    }

    /// Says what is wrong, and at which character.
    fn describe(&self, mistake: &Mistake<'_>) -> String {
        let before = self.0.len().saturating_sub(mistake.rest.len());
        let position = self.0.get(..before).map_or(before, |before| before.chars().count());
        match mistake.rest.is_empty() {
            true => format!("{} at its end", mistake.reason),
            false => format!("{} at character {}", mistake.reason, position + 1),
        }
    }

    /// Returns the expression from where this part of it begins. The part can also be that of a
    /// definition, and then it is the whole expression.
    fn from(&self, part: &str) -> &str {
        let begin = part.as_ptr().addr().checked_sub(self.0.as_ptr().addr());
        begin.and_then(|begin| self.0.get(begin..)).unwrap_or(&self.0)
    }

    /// Runs the filter on JSON. Writes each result immediately on a line of its own: strings
    /// without quotes, other values as JSON. `to_output` converts each result to the text to write.
    pub(super) fn run(
        &self,
        json: &str,
        to_output: fn(&str) -> String,
        out: &mut (impl Write + Send),
    ) -> Result<(), Failure> {
        let failed = |reason: String| {
            Failure::local(format!("the jq expression failed: {reason}"))
                .advise("run the command without --jq to see the JSON that the expression filters")
        };
        on_large_stack(|| {
            let filter = self.compiled().map_err(|mistake| failed(self.describe(&mistake)))?;
            let input = read::parse_single(json.as_bytes()).map_err(|error| failed(error.to_string()))?;
            let context = Ctx::<JustLut<Val>>::new(&filter.lut, Vars::new([]));
            for result in filter.id.run((context, input)).map(unwrap_valr) {
                let result = match result.map_err(Error::into_val) {
                    Ok(result) if is_deep(&result) => Err("a result is nested too deeply".to_owned()),
                    Ok(result) => Ok(text(result)),
                    Err(error) if is_deep(&error) => Err("the error value is nested too deeply".to_owned()),
                    Err(error) => Err(text(error)),
                };
                let result = match result {
                    Ok(result) => result,
                    Err(reason) => {
                        out.flush()?;
                        return Err(failed(reason));
                    }
                };
                out.write_all(to_output(&result).as_bytes())?;
                out.write_all(b"\n")?;
            }
            Ok(out.flush()?)
        })?
    }

    fn compiled(&self) -> Result<jaq_core::Filter<JustLut<Val>>, Mistake<'_>> {
        let arena = Arena::default();
        let term = self.parsed()?;
        let mut definitions: Vec<Def<&str>> = Vec::new();
        for known in jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs()) {
            definitions.push(known);
        }
        definitions.extend(load::parse(DEFINITIONS, |parser| parser.defs()).unwrap_or_default());
        definitions.push(Def { name: MAIN, args: Vec::new(), body: term });
        definitions.iter_mut().for_each(check_stack);
        let program = File { code: MAIN, path: () };
        let unloadable = |_| Mistake { reason: "it cannot be loaded".to_owned(), rest: &self.0 };
        let modules = Loader::new(definitions).load(&arena, program).map_err(unloadable)?;
        let functions = jaq_core::funs().chain(jaq_std::funs()).chain(jaq_json::funs()).chain([stack_check()]);
        Compiler::default().with_funs(functions).compile(modules).map_err(|errors| {
            let undefined = errors.into_iter().flat_map(|(_, undefined)| undefined).next();
            match undefined {
                Some((name, undefined)) => Mistake {
                    reason: format!("there is no {} `{name}`{}", undefined.as_str(), arguments(&undefined)),
                    rest: self.from(name),
                },
                None => Mistake { reason: "it cannot be compiled".to_owned(), rest: &self.0 },
            }
        })
    }

    fn parsed(&self) -> Result<Term<&str>, Mistake<'_>> {
        let expected = |what: &str, rest| Mistake { reason: format!("expected {what}"), rest };
        let first = "the lexer and the parser fail with at least one error";
        let tokens = Lexer::new(&self.0).lex().map_err(|errors| {
            let (what, part) = errors.into_iter().next().expect(first);
            expected(what.as_str(), self.from(part))
        })?;
        Parser::new(&tokens).parse(|parser| parser.term()).map_err(|errors| {
            let (what, found) = errors.into_iter().next().expect(first);
            expected(what.as_str(), found.map_or("", |token| self.from(token.as_str())))
        })
    }
}

/// Returns the number of arguments of a missing filter, for a message.
fn arguments(undefined: &Undefined) -> String {
    match undefined {
        Undefined::Filter(0) => " without arguments".to_owned(),
        Undefined::Filter(1) => " with 1 argument".to_owned(),
        Undefined::Filter(count) => format!(" with {count} arguments"),
        _ => String::new(),
    }
}

/// Whether a value is nested too deeply to print it. Printing would overflow the stack.
fn is_deep(value: &Val) -> bool {
    let mut level = vec![value];
    for _ in 0..MAX_DEPTH {
        let is_nested = |value: &&'_ Val| matches!(value, Val::Arr(_) | Val::Obj(_));
        level.retain(is_nested);
        if level.is_empty() {
            return false;
        }
        level = level.into_iter().flat_map(parts).collect();
    }
    true
}

fn parts(value: &Val) -> Vec<&Val> {
    match value {
        Val::Arr(values) => values.iter().collect(),
        Val::Obj(fields) => fields.iter().flat_map(|(key, value)| [key, value]).collect(),
        _ => Vec::new(),
    }
}

/// Formats a value: a string without quotes, other values as JSON.
fn text(value: Val) -> String {
    match value {
        Val::TStr(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        other => with_text_keys(other).to_string(),
    }
}

/// Converts the keys of objects to strings. In jaq, other values can be keys, but not in JSON.
fn with_text_keys(value: Val) -> Val {
    let text_key = |key: &Val| match key {
        Val::TStr(_) => key.clone(),
        other => Val::from(other.to_string()),
    };
    match value {
        Val::Arr(values) => values.iter().cloned().map(with_text_keys).collect(),
        Val::Obj(fields) => {
            let fields = fields.iter().map(|(key, value)| (text_key(key), with_text_keys(value.clone())));
            Val::obj(fields.collect())
        }
        other => other,
    }
}

thread_local! {
    /// The address at which the stack of the filter's thread begins.
    static STACK_START: Cell<usize> = const { Cell::new(0) };
}

fn stack_position() -> usize {
    let here = 0_u8;
    std::ptr::from_ref(&here).addr()
}

/// Runs `work` on a thread with a large stack, so that the stack check can stop endless recursion.
fn on_large_stack<R: Send>(work: impl FnOnce() -> R + Send) -> Result<R, Failure> {
    thread::scope(|scope| {
        let work = || {
            STACK_START.set(stack_position());
            work()
        };
        let thread = thread::Builder::new().stack_size(STACK_SIZE).spawn_scoped(scope, work);
        let thread = thread.map_err(|error| {
            Failure::local(format!("cannot start a thread for the jq expression: {error}"))
                .advise("leave out --jq and pipe the output to jq")
        })?;
        thread.join().map_err(|_| {
            Failure::local("the jq expression stopped unexpectedly").advise("leave out --jq and pipe the output to jq")
        })
    })
}

/// Returns a filter that returns its input, or fails if too much of the stack is used.
fn stack_check() -> Fun<JustLut<Val>> {
    fn is_too_deep() -> bool {
        stack_position().abs_diff(STACK_START.get()) > MAX_STACK_USE
    }
    fn too_deep<'a>() -> Exn<'a, Val> {
        Exn::from(Error::str("the recursion is too deep"))
    }
    let check = Native::new(|cv| box_once(if is_too_deep() { Err(too_deep()) } else { Ok(cv.1) }))
        .with_paths(|cv| box_once(if is_too_deep() { Err(too_deep()) } else { Ok(cv.1) }))
        .with_update(|cv, update| if is_too_deep() { box_once(Err(too_deep())) } else { update(cv.1) });
    (CHECK, [].into(), check)
}

/// Adds the stack check to a definition and to the definitions inside it. All recursion passes
/// through a definition.
fn check_stack(definition: &mut Def<&str>) {
    check_inside(&mut definition.body);
    let body = std::mem::take(&mut definition.body);
    let check = Term::Call(CHECK, Vec::new());
    definition.body = Term::BinOp(check.into(), BinaryOp::Pipe(None), body.into());
}

fn check_inside(term: &mut Term<&str>) {
    match term {
        Term::Def(definitions, rest) => {
            definitions.iter_mut().for_each(check_stack);
            check_inside(rest);
        }
        Term::Id | Term::Recurse | Term::Num(_) | Term::Arr(None) | Term::Break(_) | Term::Var(_) => {}
        Term::Str(_, parts) => {
            for part in parts {
                if let StrPart::Term(term) = part {
                    check_inside(term);
                }
            }
        }
        Term::Arr(Some(term)) | Term::Neg(term) | Term::Label(_, term) => check_inside(term),
        Term::Obj(fields) => {
            for (key, value) in fields {
                check_inside(key);
                value.iter_mut().for_each(check_inside);
            }
        }
        Term::BinOp(left, operator, right) => {
            check_inside(left);
            if let BinaryOp::Pipe(Some(pattern)) = operator {
                check_pattern(pattern);
            }
            check_inside(right);
        }
        Term::Fold(_, over, pattern, rest) => {
            check_inside(over);
            check_pattern(pattern);
            rest.iter_mut().for_each(check_inside);
        }
        Term::TryCatch(term, catch) => {
            check_inside(term);
            catch.iter_mut().for_each(|term| check_inside(term));
        }
        Term::IfThenElse(branches, otherwise) => {
            for (condition, term) in branches {
                check_inside(condition);
                check_inside(term);
            }
            otherwise.iter_mut().for_each(|term| check_inside(term));
        }
        Term::Call(_, arguments) => arguments.iter_mut().for_each(check_inside),
        Term::Path(term, Path(parts)) => {
            check_inside(term);
            for (part, _) in parts {
                match part {
                    Part::Index(index) => check_inside(index),
                    Part::Range(from, to) => from.iter_mut().chain(to).for_each(check_inside),
                }
            }
        }
    }
}

fn check_pattern(pattern: &mut Pattern<&str>) {
    match pattern {
        Pattern::Var(_) => {}
        Pattern::Arr(patterns) => patterns.iter_mut().for_each(check_pattern),
        Pattern::Obj(fields) => {
            for (key, pattern) in fields {
                check_inside(key);
                check_pattern(pattern);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(expression: &str) -> String {
        let mut out = Vec::new();
        let filter = Filter::compile(expression).unwrap();
        filter.run(r#"[{"id":1,"t":"a"}]"#, str::to_owned, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn error(expression: &str) -> (String, String) {
        let mut out = Vec::new();
        let ended = Filter::compile(expression).unwrap().run("[1]", str::to_owned, &mut out);
        (String::from_utf8(out).unwrap(), ended.unwrap_err().message().to_owned())
    }

    #[test]
    fn strings_are_written_without_quotes_and_other_values_as_json() {
        assert_eq!(run(".[].t"), "a\n");
        assert_eq!(run(".[0]"), "{\"id\":1,\"t\":\"a\"}\n");
        assert_eq!(run("length, null"), "1\nnull\n");
    }

    #[test]
    fn invalid_expressions_are_rejected() {
        for wrong in [".[", "nosuch", "", "1;", "include \"x\"; 1", "def f: 1;"] {
            assert!(Filter::compile(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn mistakes_are_described_with_their_position() {
        for (wrong, reason) in [
            (".[", "expected closing bracket at its end"),
            ("监 | .id", "expected token at character 1"),
            (".id | nosuch", "there is no filter `nosuch` without arguments at character 7"),
            ("\"监\" | test(1; 2; 3)", "there is no filter `test` with 3 arguments at character 7"),
            ("map($x)", "there is no variable `$x` at character 5"),
            ("", "expected term at its end"),
            (".id )", "expected token at character 5"),
            ("1; 2", "expected nothing at character 2"),
        ] {
            let error = Filter::compile(wrong).unwrap_err();
            let expected = format!("`{wrong}` is not a valid jq expression: {reason}");
            assert_eq!(error.message(), expected);
        }
    }

    #[test]
    fn definitions_of_jq_are_known() {
        for (expression, expected) in [
            (r#"["a\tb\\", 1, null, true, "c\n\r"] | @tsv"#, "a\\tb\\\\\t1\t\ttrue\tc\\n\\r\n"),
            (r#"["a,\"b\"", 1, null, false, ""] | @csv"#, "\"a,\"\"b\"\"\",1,,false,\"\"\n"),
            (r#".[] | [.id, .t] | @tsv"#, "1\ta\n"),
            ("INDEX(.t)", "{\"a\":{\"id\":1,\"t\":\"a\"}}\n"),
            ("map(.id | IN(1, 2))", "[true]\n"),
            ("map(.id) | with_entries(.value += 1)", "{\"0\":2}\n"),
            ("[{(null): {\"a\": 1}}]", "[{\"null\":{\"a\":1}}]\n"),
            ("1700000000.5 | todate", "2023-11-14T22:13:20Z\n"),
        ] {
            assert_eq!(run(expression), expected, "{expression}");
        }
        assert!(error("[[1]] | @tsv").1.contains("a row of @tsv"));
    }

    #[test]
    fn stack_checks_do_not_change_results() {
        for (expression, expected) in [
            ("def f: .[]; [f.id]", "[1]\n"),
            ("def f($x; g): g + $x; f(1; .[0].id)", "2\n"),
            ("def f: .[].id; path(f)", "[0,\"id\"]\n"),
            ("def f: .[].id; f |= . + 1 | .[0].id", "2\n"),
            ("def f: def g: .[0]; g | .t; \"t: \\(f)\"", "t: a\n"),
            ("def fac: if . < 2 then 1 else . * (. - 1 | fac) end; 20 | fac", "2432902008176640000\n"),
            ("def down: if . > 0 then . - 1 | down else . end; 300000 | down", "0\n"),
            ("[limit(3; repeat(1))] | length", "3\n"),
            ("[range(100000)] | map(. + 1) | add", "5000050000\n"),
            ("reduce .[] as {id: $x} (0; . + $x)", "1\n"),
            ("map(.id) | to_entries, first, (.. | numbers)", "[{\"key\":0,\"value\":1}]\n1\n1\n"),
            ("[splits(\"a\")?] | length", "0\n"),
        ] {
            assert_eq!(run(expression), expected, "{expression}");
        }
    }

    #[test]
    fn endless_recursion_is_an_error() {
        for endless in [
            "def f: 1+f; f",
            "def f: [f]; f",
            "def f: {a: f}; f",
            "def f: \"\\(f)\"; f",
            "def f: -f; f",
            "def f: f as [$x] | $x; f",
            "def f: if f then 1 else 2 end; f",
            "def f(g): 1 + f(g); f(1)",
            "def f: def g: 1 + f; g; f",
            "[1] | def g: 1; def h: g + h; h",
            "null | path(def f: f | .[0]; f)",
            "reduce (def f: 1 + f; f) as $x (0; 1)",
        ] {
            let (_, error) = error(endless);
            assert_eq!(error, "the jq expression failed: the recursion is too deep", "{endless}");
        }
    }

    #[test]
    fn results_that_are_nested_too_deeply_are_an_error() {
        let nest = |levels: usize, more: &str| format!("reduce range({levels}) as $i (0; [.]){more}");
        assert_eq!(run(&nest(3, "")), "[[[0]]]\n");
        assert_eq!(run(&nest(MAX_DEPTH - 2, "")).len(), 2 * (MAX_DEPTH - 2) + 2);
        for more in ["", " | {a: .}", " | error"] {
            let (_, error) = error(&nest(300_000, more));
            assert!(error.ends_with("nested too deeply"), "{error}");
        }
    }

    #[test]
    fn results_before_a_failure_are_written() {
        let (out, error) = error("1, 2, error(\"no more\"), 3");
        assert_eq!((out.as_str(), error.as_str()), ("1\n2\n", "the jq expression failed: no more"));
    }

    #[test]
    fn endless_results_stop_when_writing_fails() {
        /// Accepts a hundred writes, then fails.
        struct Reader(usize);
        impl Write for Reader {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                self.0 += 1;
                if self.0 > 100 { Err(std::io::ErrorKind::BrokenPipe.into()) } else { Ok(bytes.len()) }
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        assert!(Filter::compile("repeat(1)").unwrap().run("1", str::to_owned, &mut Reader(0)).is_err());
    }

    #[test]
    fn deep_and_long_expressions_do_not_overflow_the_stack() {
        for bracket in ["(", "[", "{a:", "-", "[.[", "def f: "] {
            let deep = bracket.repeat(MAX_EXPRESSION_LENGTH / bracket.len());
            assert!(Filter::compile(&deep).is_err());
        }
        let deep =
            format!("{}1{}", "[".repeat(MAX_EXPRESSION_LENGTH / 2 - 1), "]".repeat(MAX_EXPRESSION_LENGTH / 2 - 1));
        assert_eq!(run(&deep).len(), deep.len() + 1);
        let long = "1+".repeat(MAX_EXPRESSION_LENGTH / 2 - 1) + "1";
        assert_eq!(run(&long), format!("{}\n", MAX_EXPRESSION_LENGTH / 2));
        assert!(Filter::compile(&"1".repeat(MAX_EXPRESSION_LENGTH + 1)).is_err());
    }
}
