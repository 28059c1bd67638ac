//! Runs Bindery over the corpus of real contracts beside the project.

use bindery_tests::corpus::{
    self,
    compile::{self, Module},
    generate::{self, Outcome},
    manifest,
};
use std::path::Path;
fn main() {
    let folder = corpus::folder().expect("corpus");
    let args: Vec<String> = std::env::args().skip(1).collect();
    let cap: usize = args[0].parse().unwrap();
    let fams = &args[1..];
    let roots = manifest::roots(&folder).unwrap();
    std::panic::set_hook(Box::new(|_| {}));
    let mut seen = std::collections::BTreeSet::new();
    let mut modules = Vec::new();
    let mut per: std::collections::BTreeMap<String, usize> = Default::default();
    for (n, root) in roots.iter().enumerate() {
        if !fams.is_empty() && !fams.iter().any(|f| *f == root.family || root.path.starts_with(f)) {
            continue;
        }
        if per.get(&root.family).copied().unwrap_or(0) > cap {
            continue;
        }
        let t = generate::try_root(&folder, root);
        match t.outcome {
            Outcome::Generated { text, .. } => {
                let body = text.split_once('\n').unwrap().1.to_owned();
                if seen.insert(body) {
                    *per.entry(root.family.clone()).or_default() += text.len();
                    modules.push(Module { name: format!("m{n:04}"), text });
                }
            }
            Outcome::Refused(_) => {}
            Outcome::Panicked(e) => println!("PANIC {} {}", root.path, &e[..e.len().min(300)].replace('\n', " ")),
        }
    }
    println!("{:?}", per);
    println!("{} modules {} bytes", modules.len(), modules.iter().map(|m| m.text.len()).sum::<usize>());
    for (i, batch) in compile::batches(modules).into_iter().enumerate() {
        let dir = Path::new("/work/gen").join(format!("b{i:03}"));
        let _ = std::fs::remove_dir_all(&dir);
        compile::write_crate(&dir, &format!("b{i:03}"), &batch, None).unwrap();
        let start = std::time::Instant::now();
        let c = compile::check(&dir, Path::new("/work/target-corpus"), &batch);
        println!("batch {i}: {} modules, {:?}, errors {}", batch.len(), start.elapsed(), c.errors.len());
        for (m, e) in &c.errors {
            let idx: usize = m[1..].parse().unwrap();
            println!("ERR {} {} | {}", m, roots[idx].path, e);
        }
        if let Some(b) = c.broken {
            println!("BROKEN {b}");
        }
    }
}
