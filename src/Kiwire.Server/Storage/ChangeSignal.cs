using System.Threading.Channels;

namespace Kiwire.Server.Storage;

/// <summary>Wakes the one task that reads something again when it has changed: once, however many changes came meanwhile.</summary>
internal sealed class ChangeSignal
{
    private readonly Channel<bool> _signal =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>A signal for all changes of these kinds from now on.</summary>
    public ChangeSignal(ChangeFeed changes, params string[] kinds) =>
        changes.Subscribe(change =>
        {
            if (kinds.Contains(change.Kind))
            {
                _ = _signal.Writer.TryWrite(true);
            }
        });

    /// <summary>Completes when something has changed since it last completed.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => _ = await _signal.Reader.ReadAsync(cancellationToken);
}
