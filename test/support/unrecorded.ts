// .taprc preloads this module into each test. tap records each module that a test loads, for its options that run only the
// changed tests. The project does not use them, and the records take a fifth of the CPU time of a short test.
process.env._TAPJS_PROCESSINFO_EXCLUDE_ = '/./'
// Programs that the test starts must not preload it too.
delete process.env.NODE_OPTIONS
