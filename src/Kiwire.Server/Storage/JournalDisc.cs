using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kiwire.Server.Storage;

/// <summary>What the journal asks of the disc; a test puts a failing one in its place.</summary>
internal partial class JournalDisc
{
    // errno of Linux, and Windows' error codes as HRESULTs.
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const int HandleDiskFull = unchecked((int)0x80070027);
    private const int DiskFull = unchecked((int)0x80070070);
    private const int Interrupted = 4;

    /// <summary>Whether the disc, or this user's share of it, is full.</summary>
    public static bool IsFull(IOException exception) => exception.HResult is NoSpace or QuotaExceeded or HandleDiskFull or DiskFull;

    public virtual SafeFileHandle Create(string path) =>
        File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    public virtual void Write(SafeFileHandle file, ReadOnlySpan<byte> octets, long offset) => RandomAccess.Write(file, octets, offset);

    /// <summary>Waits until what was written is on the disc; of the file's facts only those that reading needs, where the system can.</summary>
    public virtual void Sync(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        while (FData(file) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                throw new IOException($"fdatasync: {Marshal.GetPInvokeErrorMessage(error)}", error);
            }
        }
    }

    /// <summary>Waits until the names of the files in a directory are on the disc.</summary>
    public virtual void SyncDirectory(string path)
    {
        // Windows keeps names with the files.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var directory = OpenFile(path, 0);
        if (directory < 0)
        {
            throw Failure("open");
        }

        try
        {
            if (Full(directory) != 0)
            {
                throw Failure("fsync");
            }
        }
        finally
        {
            _ = CloseFile(directory);
        }
    }

    private static IOException Failure(string call)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{call}: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FData(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Full(int file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int CloseFile(int file);
}
