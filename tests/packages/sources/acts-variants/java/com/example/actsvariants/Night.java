package com.example.actsvariants;

import android.app.job.JobParameters;
import android.app.job.JobService;

public class Night extends JobService {
    @Override
    public boolean onStartJob(JobParameters parameters) {
        Ear.listen();
        return false;
    }

    @Override
    public boolean onStopJob(JobParameters parameters) {
        return false;
    }
}
