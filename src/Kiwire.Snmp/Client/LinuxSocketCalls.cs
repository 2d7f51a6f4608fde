using System.Runtime.InteropServices;

namespace Kiwire.Snmp;

/// <summary>The calls of Linux that move many datagrams at once, and what they take (recvmmsg(2), sendmmsg(2)).</summary>
internal static unsafe partial class LinuxSocketCalls
{
    /// <summary>Wait for the first datagram only.</summary>
    public const int WaitForOne = 0x10000;

    public const int ShutDownReceive = 0;

    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int NoMemory = 12;
    public const int NoBuffers = 105;

    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int ReceiveMessages(int socket, BatchedMessage* messages, uint count, int flags, void* timeout);

    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int SendMessages(int socket, BatchedMessage* messages, uint count, int flags);

    [LibraryImport("libc", EntryPoint = "shutdown", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int ShutDown(int socket, int how);

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Octets
    {
        public byte* Start;
        public nuint Length;
    }

    /// <summary>struct msghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Message
    {
        public byte* Name;
        public uint NameLength;
        public Octets* Pieces;
        public nuint PieceCount;
        public byte* Control;
        public nuint ControlLength;
        public int Flags;
    }

    /// <summary>struct mmsghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct BatchedMessage
    {
        public Message Header;
        public uint Length;
    }
}
