namespace Kiwire.Server.Network;

/// <summary>
/// The NAS entries that a source address may belong to: all of one address, or all of the longest prefix that holds it. Never empty
/// where <see cref="NasDirectory.TryFind"/> is true. Which one it is, NAS-Identifier tells, or else the secret that verifies the packet.
/// </summary>
internal readonly struct NasCandidates
{
    private readonly NasEntry[]? _entries;

    internal NasCandidates(NasEntry[] entries) => _entries = entries;

    public int Count => _entries?.Length ?? 0;

    public NasEntry this[int index] => _entries![index];
}
