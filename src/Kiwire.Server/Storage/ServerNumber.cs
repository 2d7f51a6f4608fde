using System.Globalization;
using System.Text;
using Dapper;

namespace Kiwire.Server.Storage;

/// <summary>Gives each server on a database a number of its own, for the identifiers it makes.</summary>
internal static class ServerNumber
{
    private const string Prefix = "server.number.";

    /// <summary>The number this server has, or the lowest that is free, which becomes its own.</summary>
    /// <exception cref="StartUpException">All are taken.</exception>
    public static async Task<int> ClaimAsync(Database database, CancellationToken cancellationToken)
    {
        var serverId = Encoding.ASCII.GetBytes(database.ServerId);
        while (true)
        {
            await using var scope = await database.BeginWriteAsync(cancellationToken);
            var taken = (await scope.Connection.QueryAsync<(string Name, byte[] Value)>(new CommandDefinition(
                $"SELECT name, value FROM settings WHERE name LIKE '{Prefix}%'", transaction: scope.Transaction, cancellationToken: cancellationToken)))
                .ToDictionary(row => int.Parse(row.Name.AsSpan(Prefix.Length), CultureInfo.InvariantCulture), row => row.Value);
            if (taken.FirstOrDefault(pair => pair.Value.AsSpan().SequenceEqual(serverId)) is { Value: not null } own)
            {
                return own.Key;
            }

            var free = Enumerable.Range(0, IdSource.ServerLimit).FirstOrDefault(number => !taken.ContainsKey(number), -1);
            if (free < 0)
            {
                throw new StartUpException(
                    $"{IdSource.ServerLimit} servers have numbers in this database; delete the rows of servers that are no more from settings ({Prefix}*).");
            }

            // Two servers that start together may want the same one; the second waits for the first, and looks again.
            var inserted = await scope.Connection.ExecuteAsync(new CommandDefinition(
                "INSERT INTO settings (name, value) VALUES (@Name, @Value) ON CONFLICT (name) DO NOTHING",
                new { Name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{free}"), Value = serverId },
                scope.Transaction,
                cancellationToken: cancellationToken));
            await scope.CommitAsync(cancellationToken);
            if (inserted == 1)
            {
                return free;
            }
        }
    }
}
