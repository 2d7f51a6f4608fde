namespace Kiwire.Server.Network;

/// <summary>What a NAS was seen to send; kept across restarts. Updated on the packet path, written to the database now and then.</summary>
internal sealed class NasObservations
{
}
