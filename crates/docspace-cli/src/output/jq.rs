//! `--jq`: a filter over the JSON that would be printed.

use crate::failure::Failure;
use jaq_core::data::JustLut;
use jaq_core::load::{Arena, File, Loader};
use jaq_core::{Compiler, Ctx, Vars, unwrap_valr};
use jaq_json::{Val, read};

/// A filter that is known to be one.
pub(super) struct Filter(jaq_core::Filter<JustLut<Val>>);

impl Filter {
    /// Understands an expression.
    pub(super) fn compile(expression: &str) -> Result<Self, Failure> {
        let refuse = || {
            Failure::usage(format!("`{expression}` is no jq expression"))
                .advise("write one such as '.[].id' or 'map(select(.type == \"custom\")) | length'")
        };
        let arena = Arena::default();
        let definitions = jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs());
        let program = File { code: expression, path: () };
        let modules = Loader::new(definitions).load(&arena, program).map_err(|_| refuse())?;
        let functions = jaq_core::funs().chain(jaq_std::funs()).chain(jaq_json::funs());
        Compiler::default().with_funs(functions).compile(modules).map(Self).map_err(|_| refuse())
    }

    /// What it makes of JSON, one result on a line: texts as they are, everything else as JSON.
    pub(super) fn run(&self, json: &str) -> Result<String, Failure> {
        let failed = |reason: String| Failure::local(format!("the jq expression failed: {reason}"));
        let input = read::parse_single(json.as_bytes()).map_err(|error| failed(error.to_string()))?;
        let context = Ctx::<JustLut<Val>>::new(&self.0.lut, Vars::new([]));
        let mut text = String::new();
        for result in self.0.id.run((context, input)).map(unwrap_valr) {
            match result.map_err(|error| failed(error.to_string()))? {
                Val::TStr(bytes) => text.push_str(&String::from_utf8_lossy(&bytes)),
                other => text.push_str(&other.to_string()),
            }
            text.push('\n');
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_out_bare_and_the_rest_as_json() {
        let run = |expression: &str| Filter::compile(expression).unwrap().run(r#"[{"id":1,"t":"a"}]"#).unwrap();
        assert_eq!(run(".[].t"), "a\n");
        assert_eq!(run(".[0]"), "{\"id\":1,\"t\":\"a\"}\n");
        assert_eq!(run("length, null"), "1\nnull\n");
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        assert!(Filter::compile(".[").is_err() && Filter::compile("nosuch").is_err());
    }
}
