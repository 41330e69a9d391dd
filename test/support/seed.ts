import fc from 'fast-check'

// The same cases at every run, so that a failure is somebody's change; SEED=… tries others.
fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 20261123) })
