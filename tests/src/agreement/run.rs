//! The whole of it: mutations, what the diff says of them, and what the codec and the compiler say.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

use bindery_codegen::diff;
use bindery_codegen::model::{Protocol, QName};

use super::bases::{self, Base};
use super::instances::{Instances, Root, Wire};
use super::mutation::{self, Mutation, Wanted};
use super::programs;
use super::schemas::{self, Word};
use super::server::{self, Request};
use super::side::Side;
use super::source::{self, Pair};
use super::wire::{Defaults, Job, Program, Said, lost};

/// What really happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Truth {
    /// It works.
    Works,
    /// It does not, because of this.
    Breaks(String),
    /// Nobody could tell, because of this.
    Unknown(String),
}

impl Truth {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Breaks(why), _) | (_, Self::Breaks(why)) => Self::Breaks(why),
            (Self::Unknown(why), _) | (_, Self::Unknown(why)) => Self::Unknown(why),
            _ => Self::Works,
        }
    }
}

/// One question about one mutation.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What the diff says: safe or not.
    pub safe: bool,
    /// What is.
    pub truth: Truth,
    /// Rules that say it breaks.
    pub blamed: Vec<&'static str>,
}

/// A mutation with its answers.
#[derive(Debug, Clone)]
pub struct Row {
    /// See [`Mutation::id`].
    pub id: String,
    /// See [`Mutation::operator`].
    pub operator: &'static str,
    /// In words.
    pub what: String,
    /// Every rule that has a finding.
    pub rules: Vec<&'static str>,
    /// Requests, answers and source, in this order.
    pub answers: [Answer; 3],
}

/// What the three answers are about.
pub const QUESTIONS: [&str; 3] = ["request", "response", "source"];

/// What a run gives.
#[derive(Debug)]
pub struct Outcome {
    /// A row for each mutation.
    pub rows: Vec<Row>,
    /// Mutations that were no contract any more, and why.
    pub refused: Vec<(String, String)>,
    /// What is odd about the contracts themselves: documents that their own codec does not read, and the like.
    pub odd: Vec<String>,
}

/// Runs it. Progress goes to `tell`.
///
/// # Errors
/// What the file system says, or a compiler that cannot be run.
pub fn run(wanted: &Wanted, out: &Path, tell: &dyn Fn(&str)) -> io::Result<Outcome> {
    fs::create_dir_all(out)?;
    let out = out.canonicalize()?;
    let _ = fs::remove_dir_all(out.join("new"));
    let asked = |base: &Base| {
        let named: Vec<&str> = wanted.only.iter().filter_map(|only| only.split('/').next()).collect();
        let all = bases::names();
        let names: Vec<&&str> = named.iter().filter(|name| all.contains(name)).collect();
        names.is_empty() || names.iter().any(|name| **name == base.name)
    };
    let bases: Vec<Base> = bases::all()?.into_iter().filter(asked).collect();
    let (mutations, refused) = mutation::make(&bases, wanted, &out)?;
    tell(&format!(
        "{} mutations of {} contracts ({} were no contracts any more)",
        mutations.len(),
        bases.len(),
        refused.len()
    ));
    let used: BTreeSet<usize> = mutations.iter().map(|mutation| mutation.base).collect();
    let mut harness = Harness::new(&bases, &used, &out, tell)?;
    let wires = harness.wires(&mutations, tell)?;
    let sources = if wanted.source {
        harness.sources(&mutations, tell)?
    } else {
        vec![Truth::Unknown("not asked".to_owned()); mutations.len()]
    };
    let mut rows = Vec::new();
    for ((mutation, (request, response)), source) in mutations.iter().zip(wires).zip(sources) {
        let old = &harness.olds[&mutation.base].side;
        let report = diff::compare(&old.read, &mutation.side.read);
        let rules: BTreeSet<&'static str> = report.findings.iter().map(|finding| finding.rule.id).collect();
        let says = |breaks: fn(&diff::Verdicts) -> bool| -> (bool, Vec<&'static str>) {
            let blamed: BTreeSet<&'static str> = report
                .findings
                .iter()
                .filter(|finding| breaks(&finding.verdicts))
                .map(|finding| finding.rule.id)
                .collect();
            (blamed.is_empty(), blamed.into_iter().collect())
        };
        let answer = |(safe, blamed), truth| Answer { safe, truth, blamed };
        rows.push(Row {
            id: mutation.id.clone(),
            operator: mutation.operator,
            what: mutation.what.clone(),
            rules: rules.into_iter().collect(),
            answers: [
                answer(says(|verdicts| !verdicts.request.is_safe()), request),
                answer(says(|verdicts| !verdicts.response.is_safe()), response),
                answer(says(|verdicts| !verdicts.source.is_safe()), source),
            ],
        });
    }
    Ok(Outcome { rows, refused, odd: harness.odd })
}

/// An old contract, and what its client sends.
struct Old {
    side: Side,
    module: String,
    /// Documents of what a client sends, as its codec writes them, by root.
    sent: BTreeMap<String, Vec<PathBuf>>,
    /// A request of each operation on each wire.
    requests: BTreeMap<(usize, String, usize), (PathBuf, String)>,
    headers: Vec<(String, String, PathBuf)>,
    defaults: Defaults,
}

struct Harness<'o> {
    out: &'o Path,
    olds: BTreeMap<usize, Old>,
    program: Program,
    documents: BTreeMap<String, PathBuf>,
    odd: Vec<String>,
    /// What fails for the unchanged contract.
    unfit: BTreeSet<Job>,
    names: Vec<&'static str>,
}

/// Whether every wire of the contract is XML-RPC, whose values are no documents.
fn is_positional(side: &Side) -> bool {
    let mut bindings = side.model.services.iter().flat_map(|service| &service.bindings).peekable();
    bindings.peek().is_some() && bindings.all(|binding| matches!(binding.protocol, Protocol::XmlRpc { .. }))
}

impl<'o> Harness<'o> {
    fn new(bases: &[Base], used: &BTreeSet<usize>, out: &'o Path, tell: &dyn Fn(&str)) -> io::Result<Self> {
        let mut sides = Vec::new();
        for index in used {
            let base = &bases[*index];
            let folder = out.join("old").join(base.name);
            fs::create_dir_all(&folder)?;
            base.write(&folder, &[])?;
            let side = Side::load(base, &folder).map_err(|why| io::Error::other(format!("{}: {why}", base.name)))?;
            sides.push((*index, format!("m{index:05}"), side));
        }
        let modules: Vec<(String, &Side)> = sides.iter().map(|(_, module, side)| (module.clone(), side)).collect();
        let program = Program::build(out, "old-bindings", &out.join("target"), &modules)?;
        tell("the old bindings are compiled");
        let mut odd: Vec<String> =
            program.broken.iter().map(|(module, why)| format!("{module} does not compile: {why}")).collect();
        odd.sort();
        let olds = sides
            .into_iter()
            .map(|(index, module, side)| {
                let defaults = side.defaults();
                let (sent, requests) = (BTreeMap::new(), BTreeMap::new());
                let old = Old { side, module, sent, requests, headers: Vec::new(), defaults };
                (index, old)
            })
            .collect();
        let mut harness = Self {
            out,
            olds,
            program,
            documents: BTreeMap::new(),
            odd,
            unfit: BTreeSet::new(),
            names: bases.iter().map(|base| base.name).collect(),
        };
        for index in used {
            harness.prepare(*index, &bases[*index])?;
        }
        tell(&format!("{} documents of the old contracts", harness.documents.len()));
        Ok(harness)
    }

    /// A file with this text; one for each text.
    fn document(&mut self, text: String) -> io::Result<PathBuf> {
        if let Some(path) = self.documents.get(&text) {
            return Ok(path.clone());
        }
        let folder = self.out.join("documents");
        fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{}.xml", self.documents.len()));
        fs::write(&path, &text)?;
        self.documents.insert(text, path.clone());
        Ok(path)
    }

    /// Documents of a root.
    fn of_root(&mut self, instances: &mut Instances<'_>, root: &Root) -> io::Result<Vec<PathBuf>> {
        let name = QName::new(&root.name.0, &root.name.1);
        let made = instances.documents(&name, root.ty, root.nillable);
        made.into_iter().map(|text| self.document(text)).collect()
    }

    /// What the client of an old contract sends, and whether its codec reads what the contract allows.
    fn prepare(&mut self, index: usize, base: &Base) -> io::Result<()> {
        let Some(mut old) = self.olds.remove(&index) else { return Ok(()) };
        let mut instances = Instances::new(&old.side.flat, Wire::Soap);
        let positional = is_positional(&old.side);
        for root in old.side.roots.iter().filter(|_| !positional) {
            let documents = self.of_root(&mut instances, root)?;
            let (said, jobs) = self.trips(&old.module, &root.key, &documents, "trip")?;
            for (said, job) in said.iter().zip(&jobs) {
                let why = trouble(said, job, &old.defaults);
                match why {
                    Some(why) => {
                        self.unfit.insert(job.clone());
                        self.odd.push(format!("{} {}: {why} ({})", self.names[index], root.key, job.input.display()))
                    }
                    None if root.sent => old.sent.entry(root.key.clone()).or_default().push(job.output.clone()),
                    None => {}
                }
            }
            if root.key.contains("/header/")
                && let Some(first) = documents.first()
            {
                old.headers.push((old.module.clone(), root.key.clone(), first.clone()));
            }
        }
        self.drop_invalid(base, &mut old)?;
        let mut jobs = Vec::new();
        let mut keys = Vec::new();
        for (at, service) in old.side.plan.services.iter().enumerate() {
            for operation in &service.operations {
                let Some(input) = old.sent.get(&format!("{at}.{}/in", operation.name)).and_then(|sent| sent.first())
                else {
                    continue;
                };
                for route in &operation.routes {
                    let output = self
                        .out
                        .join("documents")
                        .join(format!("{}-{at}-{}-{}.request.txt", old.module, operation.name, route.binding));
                    let key = format!("{at}.{}@{}", operation.name, route.binding);
                    jobs.push(Job {
                        what: "request",
                        module: old.module.clone(),
                        key,
                        input: input.clone(),
                        output,
                        rest: Vec::new(),
                    });
                    keys.push((at, operation.name.clone(), route.binding, input.clone()));
                }
            }
        }
        let said = self.program.ask(&jobs, &old.headers)?;
        for (((at, name, binding, input), said), job) in keys.into_iter().zip(said).zip(&jobs) {
            if said.result == "ok" {
                old.requests.insert((at, name, binding), (input, fs::read_to_string(&job.output)?));
            } else {
                self.odd.push(format!("{} {}: no request: {}", self.names[index], job.key, said.detail));
            }
        }
        self.olds.insert(index, old);
        Ok(())
    }

    /// Takes out what the old client sends and the old schema refuses already: it says nothing of a change.
    fn drop_invalid(&mut self, base: &Base, old: &mut Old) -> io::Result<()> {
        let mut documents: Vec<PathBuf> = old.sent.values().flatten().cloned().collect();
        documents.sort();
        documents.dedup();
        if base.written() || documents.is_empty() {
            return Ok(());
        }
        // In a place of its own: what is made beside a contract is no part of it.
        let folder = self.out.join("control").join(base.name);
        fs::create_dir_all(&folder)?;
        base.write(&folder, &[])?;
        let schema = schemas::write(&folder, &base.files, &old.side.read)?;
        if let Word::Documents(words) = schemas::validate(&schema, &documents) {
            for (path, why) in documents.iter().zip(words).filter_map(|(path, word)| Some((path, word?))) {
                old.sent.values_mut().for_each(|paths| paths.retain(|other| other != path));
                self.odd.push(format!("{}: its own schema refuses {}: {why}", base.name, path.display()));
            }
        }
        Ok(())
    }

    /// The defaults of an old contract, by its module.
    fn defaults(&self, module: &str) -> &Defaults {
        static NONE: Defaults = Defaults::new();
        self.olds.values().find(|old| old.module == module).map_or(&NONE, |old| &old.defaults)
    }

    /// Documents through the codec of an old contract.
    fn trips(
        &mut self,
        module: &str,
        key: &str,
        documents: &[PathBuf],
        what: &'static str,
    ) -> io::Result<(Vec<Said>, Vec<Job>)> {
        let jobs: Vec<Job> = documents.iter().map(|path| trip(what, module, key, path)).collect();
        let said = self.program.ask(&jobs, &[])?;
        Ok((said, jobs))
    }

    /// For each mutation, the truth on requests and on answers.
    fn wires(&mut self, mutations: &[Mutation], tell: &dyn Fn(&str)) -> io::Result<Vec<(Truth, Truth)>> {
        let strict = self.strict(mutations, tell)?;
        let mut out = Vec::new();
        // Jobs of all mutations are asked at once: starting the program is what takes time.
        let mut jobs: Vec<Job> = Vec::new();
        let mut plans: Vec<(Truth, Truth, Vec<usize>)> = Vec::new();
        let mut headers: Vec<(String, String, PathBuf)> = Vec::new();
        for old in self.olds.values() {
            headers.extend(old.headers.iter().cloned());
        }
        for (number, mutation) in mutations.iter().enumerate() {
            let (request, response, reached) = self.reached(mutation);
            let request = request.and(match strict.get(&number) {
                Some(truth) => truth.clone(),
                None => self.accepted(mutation, &reached)?,
            });
            let mut mine = Vec::new();
            for job in self.answers(mutation, &reached)? {
                mine.push(jobs.len());
                jobs.push(job);
            }
            plans.push((request, response, mine));
            if number % 100 == 99 {
                tell(&format!(
                    "{} mutations judged by the schema, {} questions for the old codec",
                    number + 1,
                    jobs.len()
                ));
            }
        }
        let said = self.program.ask(&jobs, &headers)?;
        for (request, mut response, mine) in plans {
            for index in mine {
                let job = &jobs[index];
                // What fails without any change says nothing of the change.
                if self.unfit.contains(job) {
                    continue;
                }
                if let Some(why) = trouble(&said[index], job, self.defaults(&job.module)) {
                    let document =
                        job.input.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                    response = response.and(Truth::Breaks(format!("{} {document}: {why}", job.key)));
                }
            }
            out.push((request, response));
        }
        tell("the old codec has answered");
        Ok(out)
    }

    /// Which new root stands behind each old one: for operations what a strict server would take the request for.
    fn reached(&self, mutation: &Mutation) -> (Truth, Truth, BTreeMap<String, String>) {
        let old = &self.olds[&mutation.base];
        let mut reached = BTreeMap::new();
        let (mut request, response) = (Truth::Works, Truth::Works);
        if is_positional(&old.side) {
            let why = "XML-RPC values are not made here".to_owned();
            return (Truth::Unknown(why.clone()), Truth::Unknown(why), reached);
        }
        for root in old.side.roots.iter().filter(|root| root.key.starts_with("element/")) {
            reached.insert(root.key.clone(), root.key.clone());
        }
        for ((at, name, _), (_, text)) in &old.requests {
            let Some(parsed) = Request::parse(text) else { continue };
            match server::dispatch(&mutation.side.read, &parsed, name) {
                Ok((to, number)) => {
                    let target = &mutation.side.read.services[to].operations[number];
                    reached.insert(format!("{at}.{name}"), format!("{to}.{}", target.name));
                }
                Err(why) => request = request.and(Truth::Breaks(format!("{name}: {why}"))),
            }
        }
        (request, response, reached)
    }

    /// Whether the new schema takes what the old client sends.
    fn accepted(&self, mutation: &Mutation, reached: &BTreeMap<String, String>) -> io::Result<Truth> {
        let old = &self.olds[&mutation.base];
        let mut documents = Vec::new();
        for (key, paths) in &old.sent {
            let operation = key.split('/').next().unwrap_or_default();
            let header = key.contains("/header/");
            // A header that the new operation does not know is none of its business.
            let known = !header || {
                let local = key.rsplit('/').next().unwrap_or_default();
                reached
                    .get(operation)
                    .is_some_and(|to| mutation.side.roots.iter().any(|root| root.key == format!("{to}/header/{local}")))
            };
            if known && (key.starts_with("element/") || reached.contains_key(operation)) {
                documents.extend(paths.iter().cloned());
            }
        }
        if documents.is_empty() {
            return Ok(Truth::Works);
        }
        let files: Vec<(String, String)> = self.files(mutation)?;
        let schema = schemas::write(&mutation.side.folder, &files, &mutation.side.read)?;
        Ok(match schemas::validate(&schema, &documents) {
            Word::Documents(words) => {
                match words.into_iter().zip(&documents).find_map(|(word, path)| Some((word?, path))) {
                    Some((why, path)) => Truth::Breaks(format!("{}: {why}", path.display())),
                    None => Truth::Works,
                }
            }
            Word::NoSchema(why) => Truth::Unknown(format!("xmllint: {why}")),
            Word::Silent => Truth::Unknown("no xmllint".to_owned()),
        })
    }

    /// The files of the new version, the root first.
    fn files(&self, mutation: &Mutation) -> io::Result<Vec<(String, String)>> {
        let root = mutation.side.folder.clone();
        let old = &self.olds[&mutation.base];
        let mut files = Vec::new();
        let mut names: Vec<String> = Vec::new();
        let mut folders = vec![old.side.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Ok(name) = path.strip_prefix(&old.side.folder) {
                    names.push(name.to_string_lossy().into_owned());
                }
            }
        }
        names.retain(|name| root.join(name).is_file());
        // A WSDL is where it starts.
        names.sort_by_key(|name| (!name.ends_with(".wsdl"), name.clone()));
        for name in names {
            let text = fs::read_to_string(root.join(&name))?;
            files.push((name, text));
        }
        Ok(files)
    }

    /// What the new contract answers, for the old codec to read.
    fn answers(&mut self, mutation: &Mutation, reached: &BTreeMap<String, String>) -> io::Result<Vec<Job>> {
        let module = self.olds[&mutation.base].module.clone();
        let olds: Vec<Root> = self.olds[&mutation.base].side.roots.clone();
        let mut instances = Instances::new(&mutation.side.flat, Wire::Soap);
        let mut plain = Instances::new(&mutation.side.flat, Wire::Plain);
        let has_plain = self.olds[&mutation.base].requests.keys().any(|(at, _, binding)| {
            let binding = &self.olds[&mutation.base].side.plan.services[*at].bindings[*binding];
            matches!(binding.protocol, Protocol::Plain { .. })
        });
        let mut jobs = Vec::new();
        for (from, to) in reached {
            if from.starts_with("element/") {
                let Some(root) = mutation.side.roots.iter().find(|root| root.key == *to).cloned() else { continue };
                for path in self.of_root(&mut instances, &root)? {
                    jobs.push(trip("trip", &module, from, &path));
                }
                continue;
            }
            let has_output = olds.iter().any(|root| root.key == format!("{from}/out"));
            for root in mutation.side.roots.clone() {
                let Some((operation, what)) = root.key.split_once('/') else { continue };
                if operation != to || !root.read {
                    continue;
                }
                let documents = self.of_root(&mut instances, &root)?;
                let known = olds.iter().any(|old| old.key == format!("{from}/{what}") && old.name == root.name);
                if known || (what == "out" && has_output) {
                    jobs.extend(documents.iter().map(|path| trip("trip", &module, &format!("{from}/{what}"), path)));
                }
                if let Some(first) = documents.first() {
                    jobs.extend(self.whole_answers(
                        mutation,
                        from,
                        Some(&fs::read_to_string(first)?),
                        what != "out",
                    )?);
                }
                if what == "out" && has_plain {
                    for path in self.of_root(&mut plain, &root)? {
                        jobs.extend(self.plain_answers(mutation, from, &path));
                    }
                }
            }
            if !mutation.side.roots.iter().any(|root| root.key == format!("{to}/out")) {
                let empty = !self.has_bare_output(mutation, to);
                if empty {
                    jobs.extend(self.whole_answers(mutation, from, None, false)?);
                }
            }
        }
        Ok(jobs)
    }

    /// Whether the operation answers something that is no element.
    fn has_bare_output(&self, mutation: &Mutation, to: &str) -> bool {
        let Some((at, name)) = to.split_once('.') else { return false };
        let service = at.parse::<usize>().ok().and_then(|at| mutation.side.read.services.get(at));
        service.is_some_and(|service| {
            service.operations.iter().any(|operation| operation.name == name && operation.output.is_some())
        })
    }

    /// An answer in its envelope, for each SOAP wire that the old client may use.
    fn whole_answers(
        &mut self,
        mutation: &Mutation,
        from: &str,
        content: Option<&str>,
        fault: bool,
    ) -> io::Result<Vec<Job>> {
        let old = &self.olds[&mutation.base];
        let mut wanted = Vec::new();
        for ((at, name, binding), (input, _)) in &old.requests {
            if format!("{at}.{name}") == from
                && let Protocol::Soap { version, .. } = &old.side.plan.services[*at].bindings[*binding].protocol
            {
                wanted.push((format!("{from}@{binding}"), *version, input.clone()));
            }
        }
        let module = old.module.clone();
        let mut jobs = Vec::new();
        for (key, version, input) in wanted {
            let (status, media, body) = server::answer(version, content, fault);
            let body = self.document(body)?;
            let rest = vec![status.to_string(), media.to_owned(), body.display().to_string()];
            jobs.push(Job { what: "answer", module: module.clone(), key, input, output: PathBuf::new(), rest });
        }
        Ok(jobs)
    }

    /// An answer without envelope, for each plain wire.
    fn plain_answers(&self, mutation: &Mutation, from: &str, body: &Path) -> Vec<Job> {
        let old = &self.olds[&mutation.base];
        let mut jobs = Vec::new();
        for ((at, name, binding), (input, _)) in &old.requests {
            let plain = matches!(old.side.plan.services[*at].bindings[*binding].protocol, Protocol::Plain { .. });
            if format!("{at}.{name}") == from && plain {
                let rest = vec!["200".to_owned(), "text/xml; charset=utf-8".to_owned(), body.display().to_string()];
                let key = format!("{from}@{binding}");
                jobs.push(Job {
                    what: "answer",
                    module: old.module.clone(),
                    key,
                    input: input.clone(),
                    output: PathBuf::new(),
                    rest,
                });
            }
        }
        jobs
    }

    /// Hand-written contracts have no schema: the strict server is the codec of the new contract.
    fn strict(&mut self, mutations: &[Mutation], tell: &dyn Fn(&str)) -> io::Result<BTreeMap<usize, Truth>> {
        let judged: Vec<usize> = mutations
            .iter()
            .enumerate()
            .filter(|(_, mutation)| mutation.side.read.hand_written && !is_positional(&self.olds[&mutation.base].side))
            .map(|(number, _)| number)
            .collect();
        let mut truths: BTreeMap<usize, Truth> = BTreeMap::new();
        for (batch, numbers) in judged.chunks(12).enumerate() {
            let modules: Vec<(String, &Side)> =
                numbers.iter().map(|number| (format!("n{number:05}"), &mutations[*number].side)).collect();
            let mut program =
                Program::build(self.out, &format!("new-bindings-{batch}"), &self.out.join("target"), &modules)?;
            for number in numbers {
                let mutation = &mutations[*number];
                let module = format!("n{number:05}");
                if let Some(why) = program.broken.get(&module) {
                    truths.insert(*number, Truth::Unknown(format!("{}: {why}", source::GENERATED)));
                    continue;
                }
                let (_, _, reached) = self.reached(mutation);
                let old = &self.olds[&mutation.base];
                let mut jobs = Vec::new();
                for (key, paths) in old.sent.iter().filter(|(key, _)| key.ends_with("/in")) {
                    let operation = key.trim_end_matches("/in");
                    if let Some(to) = reached.get(operation) {
                        jobs.extend(paths.iter().map(|path| trip("strict", &module, &format!("{to}/in"), path)));
                    }
                }
                let said = program.ask(&jobs, &[])?;
                let wrong =
                    said.iter().zip(&jobs).find_map(|(said, job)| Some((trouble(said, job, &Defaults::new())?, job)));
                let truth = wrong.map_or(Truth::Works, |(why, job)| Truth::Breaks(format!("{}: {why}", job.key)));
                truths.insert(*number, truth);
            }
            tell(&format!("{} new hand-written contracts asked as servers", truths.len()));
        }
        Ok(truths)
    }

    /// For each mutation, whether a program against the old bindings compiles against the new ones.
    fn sources(&mut self, mutations: &[Mutation], tell: &dyn Fn(&str)) -> io::Result<Vec<Truth>> {
        let mut pairs = Vec::new();
        for (index, old) in &self.olds {
            let name = format!("old{index}");
            let program = programs::program(&old.side, &source::bindings_of(&name));
            pairs.push(Pair { name, bindings: old.side.text.clone(), program });
        }
        for (number, mutation) in mutations.iter().enumerate() {
            let old = &self.olds[&mutation.base].side;
            if mutation.side.text != old.text {
                let name = format!("new{number}");
                let program = programs::program(old, &source::bindings_of(&name));
                pairs.push(Pair { name, bindings: mutation.side.text.clone(), program });
            }
        }
        let total = pairs.len();
        let errors = source::check(self.out, &self.out.join("target"), &pairs, &|done| {
            tell(&format!("{done} of {total} programs compiled"))
        })?;
        for (index, name) in self.names.iter().enumerate() {
            if let Some(why) = errors.get(&format!("old{index}")) {
                self.odd.push(format!("{name}: the program does not compile against its own bindings: {why}"));
            }
        }
        Ok(mutations
            .iter()
            .enumerate()
            .map(|(number, mutation)| match errors.get(&format!("new{number}")) {
                _ if errors.contains_key(&format!("old{}", mutation.base)) => {
                    Truth::Unknown("the program does not compile against its own bindings".to_owned())
                }
                None => Truth::Works,
                Some(why) if why.starts_with(source::GENERATED) => Truth::Unknown(why.clone()),
                Some(why) => Truth::Breaks(why.clone()),
            })
            .collect())
    }
}

fn trip(what: &'static str, module: &str, key: &str, path: &Path) -> Job {
    let safe: String = key.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let output = path.with_extension(format!("{module}.{safe}.{what}.xml"));
    Job { what, module: module.to_owned(), key: key.to_owned(), input: path.to_owned(), output, rest: Vec::new() }
}

/// What is wrong with what the codec did, if anything.
fn trouble(said: &Said, job: &Job, defaults: &Defaults) -> Option<String> {
    if said.result != "ok" {
        return Some(format!("{} {}", if said.result.is_empty() { "died" } else { &said.result }, said.detail));
    }
    if job.what == "answer" {
        return None;
    }
    let read = |path: &Path| fs::read_to_string(path).unwrap_or_default();
    lost(&read(&job.input), &read(&job.output), &said.drift, defaults)
}
