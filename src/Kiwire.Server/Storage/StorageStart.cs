using System.Data.Common;

namespace Kiwire.Server.Storage;

/// <summary>Readies the storage before any other service of the host starts.</summary>
internal sealed class StorageStart(Database database, IdSource ids, SecretBox secrets, AccountingJournal journal) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await database.MigrateAsync(cancellationToken);
            ids.UseServer(await ServerNumber.ClaimAsync(database, cancellationToken));
            await secrets.LoadAsync(cancellationToken);
            journal.Recover();
            journal.Begin(await JournalPositions.ReadAsync(database, journal.JournalId, cancellationToken));
        }
        catch (DbException e)
        {
            throw new StartUpException($"The database ({StorageOptions.Section}:ConnectionString) cannot be used: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartUpException($"The journal cannot be used: {e.Message}", e);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
