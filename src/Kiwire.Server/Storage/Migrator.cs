using System.Globalization;
using System.Reflection;
using Dapper;

namespace Kiwire.Server.Storage;

/// <summary>Applies the numbered scripts of <c>Storage/Migrations</c> that a database has not had yet, all of them or none.</summary>
internal sealed class Migrator(Database database, TimeProvider time)
{
    private const string Prefix = "Kiwire.Server.Storage.Migrations.";

    // Another server's migration is waited for, and an index over years of sessions is made, however long that takes.
    private const int NoLimit = 0;

    private const string CreateTable = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            version    INTEGER NOT NULL PRIMARY KEY,
            name       TEXT    NOT NULL,
            applied_at BIGINT  NOT NULL
        )
        """;

    /// <summary>Runs what is missing, in order.</summary>
    /// <returns>The names of what was applied.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        var scripts = ReadScripts();
        await using var scope = await database.BeginWriteAsync(cancellationToken);
        if (database.Dialect.StartLock is { } statement)
        {
            await scope.Connection.ExecuteAsync(new CommandDefinition(
                statement, transaction: scope.Transaction, commandTimeout: NoLimit, cancellationToken: cancellationToken));
        }

        await scope.Connection.ExecuteAsync(new CommandDefinition(CreateTable, transaction: scope.Transaction, cancellationToken: cancellationToken));
        var present = (await scope.Connection.QueryAsync<int>(new CommandDefinition(
            "SELECT version FROM schema_migrations", transaction: scope.Transaction, cancellationToken: cancellationToken))).ToHashSet();
        RefuseNewer(present, scripts);

        List<string> applied = [];
        foreach (var script in scripts.Where(script => !present.Contains(script.Version)))
        {
            await scope.Connection.ExecuteAsync(new CommandDefinition(
                script.Text.Replace("/*binary*/", database.Dialect.Binary, StringComparison.Ordinal),
                transaction: scope.Transaction,
                commandTimeout: NoLimit,
                cancellationToken: cancellationToken));
            await scope.Connection.ExecuteAsync(new CommandDefinition(
                "INSERT INTO schema_migrations (version, name, applied_at) VALUES (@Version, @Name, @AppliedAt)",
                new { script.Version, script.Name, AppliedAt = time.GetUtcNow().ToUnixTimeMilliseconds() },
                scope.Transaction,
                cancellationToken: cancellationToken));
            applied.Add(script.Name);
        }

        await scope.CommitAsync(cancellationToken);
        return applied;
    }

    private static void RefuseNewer(HashSet<int> present, List<Script> scripts)
    {
        var known = scripts[^1].Version;
        var newest = present.Count == 0 ? 0 : present.Max();
        if (newest > known)
        {
            throw new StartUpException(
                $"The database's schema is at version {newest}, this program knows up to {known}: run the newer program, or restore the older database.");
        }
    }

    private static List<Script> ReadScripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        List<Script> scripts = [];
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var name = resource[Prefix.Length..^".sql".Length];
            scripts.Add(new Script(int.Parse(name[..name.IndexOf('_')], CultureInfo.InvariantCulture), name, reader.ReadToEnd()));
        }

        scripts.Sort((a, b) => a.Version.CompareTo(b.Version));
        return scripts;
    }

    private sealed record Script(int Version, string Name, string Text);
}
