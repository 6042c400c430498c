// Command tusd is tusd's handler over its folder of files, as a child of the benchmarks.
//
// It serves on a free port until its input ends, and speaks as their other children do: its address first, then, for
// each line that asks for it, what it has used up. Where tusd leaves a choice this takes what costs least: locks in
// memory, no log, no hooks, no metrics.
package main

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"syscall"

	"github.com/tus/tusd/v2/pkg/filestore"
	"github.com/tus/tusd/v2/pkg/handler"
	"github.com/tus/tusd/v2/pkg/memorylocker"
	"golang.org/x/exp/slog"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("tusd: ")
	if len(os.Args) != 2 {
		log.Fatal("usage: tusd FOLDER")
	}
	address, err := serve(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("http://%s\n", address)
	if err := answer(os.Stdin, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// serve takes uploads into folder until the process ends, and gives the address that it listens on.
func serve(folder string) (net.Addr, error) {
	composer := handler.NewStoreComposer()
	filestore.New(folder).UseIn(composer)
	memorylocker.New().UseIn(composer)
	silent := slog.New(slog.NewTextHandler(io.Discard, &slog.HandlerOptions{Level: slog.LevelError}))
	uploads, err := handler.NewHandler(handler.Config{StoreComposer: composer, BasePath: "/", Logger: silent})
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	go func() { log.Fatal(http.Serve(listener, uploads)) }()
	return listener.Addr(), nil
}

// answer says for each line what this process has used up so far: its processor time in nanoseconds, and its fsyncs,
// of which there are none to count, because the folder of files never asks for one.
func answer(input io.Reader, output io.Writer) error {
	lines := bufio.NewScanner(input)
	for lines.Scan() {
		if lines.Text() != "used" {
			return fmt.Errorf("not understood: %q", lines.Text())
		}
		var used syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
			return err
		}
		if _, err := fmt.Fprintf(output, "%d 0\n", used.Utime.Nano()+used.Stime.Nano()); err != nil {
			return err
		}
	}
	return lines.Err()
}
