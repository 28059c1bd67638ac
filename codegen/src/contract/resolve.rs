//! Types where they are used: `Option` and `Vec` taken off, aliases followed, type parameters filled in.

use crate::diagnostic::Diagnostic;
use crate::model::{Name, QName, TypeId};

use super::ast::{Alias, Ty, TyKind, Word, xsd_name};
use super::lower::{ARRAYS, Base, Def, Lower, Use, enum_base};
use super::names::{readable, spell};
use super::parse::suggest;

impl<'a> Lower<'a, '_> {
    /// Resolves a type where it is used. `None` means that the reason has been reported.
    pub(super) fn resolve(&mut self, ty: &Ty) -> Option<Use> {
        self.resolve_through(ty, &mut Vec::new())
    }

    fn resolve_through(&mut self, ty: &Ty, aliases: &mut Vec<usize>) -> Option<Use> {
        match &ty.kind {
            TyKind::Scalar(builtin) => {
                let ns = if self.data_contract { ARRAYS } else { "" };
                Some(Use {
                    ty: self.scalar(*builtin),
                    base: Base::Scalar(*builtin),
                    list: false,
                    optional: false,
                    nil_items: false,
                    item: QName::new(ns, xsd_name(*builtin)),
                })
            }
            TyKind::Option(inner) => {
                let inner = self.resolve_through(inner, aliases)?;
                Some(Use { optional: true, ..inner })
            }
            TyKind::List(inner) => {
                let item = self.resolve_through(inner, aliases)?;
                if item.list {
                    self.cx.push(
                        Diagnostic::error("E0521", "a list of lists needs a name for the inner list")
                            .at(inner.span, "a list already")
                            .with_help("write a struct with one member that holds the inner list"),
                    );
                    return None;
                }
                Some(Use { list: true, optional: false, nil_items: item.optional, ..item })
            }
            TyKind::Named(name, argument) => self.named(name, argument.as_deref(), aliases),
            TyKind::Unchanged | TyKind::Wrong => None,
        }
    }

    pub(super) fn named(&mut self, name: &Word, argument: Option<&Ty>, aliases: &mut Vec<usize>) -> Option<Use> {
        let Some((def, _)) = self.defs.get(name.text.as_str()).copied() else {
            let known: Vec<&str> = self.defs.keys().copied().collect();
            let help = suggest(&name.text, &known);
            self.cx.push(
                Diagnostic::error("E0522", format!("no type `{}` in this contract", name.text))
                    .at(name.span, "not defined")
                    .with_help(help),
            );
            return None;
        };
        let one = |ty: TypeId, base: Base, item: QName| Use {
            ty,
            base,
            list: false,
            optional: false,
            nil_items: false,
            item,
        };
        let file = self.file;
        match (def, argument) {
            (Def::Record(i), argument) => {
                let record = &file.records[i];
                match (&record.parameter, argument) {
                    (None, None) => {
                        let id = self.record_ids[i];
                        Some(one(id, Base::Record(i), self.model[id].name.given().cloned().unwrap_or_default()))
                    }
                    (Some(_), Some(argument)) => {
                        let id = self.instance(i, argument)?;
                        let item = QName::new(self.model[id].name.ns(), &record.name.text);
                        Some(one(id, Base::Record(i), item))
                    }
                    (Some(parameter), None) => {
                        let message = format!("`{}` needs a type for `{}`", name.text, parameter.text);
                        let help = format!("write `{}<…>`", name.text);
                        self.cx.push(Diagnostic::error("E0520", message).at(name.span, "of what?").with_help(help));
                        None
                    }
                    (None, Some(argument)) => self.no_argument(name, argument),
                }
            }
            (_, Some(argument)) => self.no_argument(name, argument),
            (Def::Enum(i), None) => {
                let id = self.enum_ids[i];
                let base = enum_base(&file.enums[i]);
                Some(one(id, base, self.model[id].name.given().cloned().unwrap_or_default()))
            }
            (Def::Alias(i), None) => {
                if aliases.contains(&i) {
                    let names: Vec<_> = aliases.iter().map(|i| file.aliases[*i].name.text.as_str()).collect();
                    self.cx.push(
                        Diagnostic::error("E0533", format!("type aliases stand for each other: {}", names.join(" → ")))
                            .at(name.span, "leads back here"),
                    );
                    return None;
                }
                aliases.push(i);
                let alias: &'a Alias = &file.aliases[i];
                let found = self.resolve_through(&alias.ty, aliases);
                aliases.pop();
                found
            }
        }
    }

    fn no_argument(&mut self, name: &Word, argument: &Ty) -> Option<Use> {
        let message = format!("`{}` takes no type argument", name.text);
        self.cx.push(Diagnostic::error("E0520", message).at(argument.span, "not allowed here"));
        None
    }

    /// The type for a struct with its type parameter filled in.
    fn instance(&mut self, record: usize, argument: &Ty) -> Option<TypeId> {
        // Resolved first, so that a wrong argument is reported where it stands and only there.
        self.resolve(argument)?;
        let spelling = spell(argument);
        if let Some(id) = self.instances.get(&(record, spelling.clone())) {
            return Some(*id);
        }
        let file = self.file;
        let item = &file.records[record];
        let ns = self.type_ns(&item.attrs);
        let pattern = item.attrs.get("reply").and_then(|attr| attr.named("name")).map(|word| word.text.clone());
        let step = match pattern {
            Some(pattern) => pattern.replace("{T}", &readable(argument)),
            None => format!("{}{}", readable(argument), item.name.text.strip_prefix("Base").unwrap_or(&item.name.text)),
        };
        let id = self.placeholder(Name::Derived { ns: ns.into(), path: vec![step.into()] }, &item.docs, item.name.span);
        self.instances.insert((record, spelling), id);
        self.pending.push((record, id, argument.clone()));
        Some(id)
    }
}
